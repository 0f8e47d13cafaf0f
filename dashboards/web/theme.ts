import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const key = 'crosstalk.theme';
const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark' || value === 'system';

const stored = (): Theme => {
  const value = localStorage.getItem(key);
  return isTheme(value) ? value : 'system';
};

/** What the reader chose; `system` follows the device. */
export const theme = signal<Theme>('system');

/** Reads the stored choice and applies it; called once before the first paint of the page. */
export const startTheme = (): void => applyTheme(stored());

/** Applies and remembers a choice. The stylesheet does the rest through `color-scheme`. */
export function applyTheme(choice: Theme): void {
  theme.value = choice;
  if (choice === 'system') {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(key);
    return;
  }
  document.documentElement.dataset.theme = choice;
  localStorage.setItem(key, choice);
}
