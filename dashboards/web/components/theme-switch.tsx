import { applyTheme, theme, type Theme } from '../theme.ts';
import { Icon, type IconName } from './icon.tsx';

const choices: readonly { theme: Theme; title: string; icon: IconName }[] = [
  { theme: 'light', title: 'Light', icon: 'sun' },
  { theme: 'system', title: 'As the device', icon: 'device' },
  { theme: 'dark', title: 'Dark', icon: 'moon' },
];

export function ThemeSwitch() {
  return (
    <div class="theme-switch" role="group" aria-label="Colours">
      {choices.map((choice) => (
        <button
          key={choice.theme}
          type="button"
          title={choice.title}
          aria-label={choice.title}
          aria-pressed={theme.value === choice.theme}
          onClick={() => applyTheme(choice.theme)}
        >
          <Icon name={choice.icon} />
        </button>
      ))}
    </div>
  );
}
