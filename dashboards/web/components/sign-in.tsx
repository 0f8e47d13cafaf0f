import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { errorText } from '../error-text.ts';
import { BrandMark } from './icon.tsx';

/** Asks for an API key; the server keeps it in a cookie that scripts cannot read. */
export function SignIn() {
  const [key, setKey] = useState('');
  const [error, setError] = useState<string>();
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await api.signIn(key);
      // Everything that was refused asks again.
      window.location.reload();
    } catch (cause) {
      setError(errorText(cause));
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <h1>
          <BrandMark /> Crosstalk
        </h1>
        <p class="soft">This server asks for a key. An administrator can make one for you.</p>
        <label>
          API key
          <input
            class="field code"
            type="password"
            autocomplete="current-password"
            value={key}
            aria-invalid={error !== undefined}
            aria-describedby="sign-in-error"
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <p id="sign-in-error" class="negative" role="alert">
          {error}
        </p>
        <button type="submit" class="button primary" disabled={key === ''}>
          Open the dashboard
        </button>
      </form>
    </main>
  );
}
