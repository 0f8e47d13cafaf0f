import { render } from 'preact';
import { App } from './app.tsx';
import { startLive } from './live.ts';
import { startRouter } from './router.ts';
import { startTheme } from './theme.ts';

startTheme();
startRouter();
startLive();
render(<App />, document.querySelector('#app')!);
