import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contrast, deuteranopia, distance, protanopia } from './colour.ts';

const css = readFileSync(join(import.meta.dirname, '../../../dashboards/web/styles/tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);
const themes = ['light', 'dark'] as const;
const colour = (name: string, theme: 'light' | 'dark'): string => {
  const token = tokens.get(name);
  assert.ok(token, `--${name} is not a colour of tokens.css`);
  return token[theme];
};

const onSurfaces = (name: string, theme: 'light' | 'dark'): number =>
  Math.min(...['surface', 'surface-sunken'].map((surface) => contrast(colour(name, theme), colour(surface, theme))));

test('text reaches 4.5 to 1 on every surface it stands on, in both themes', () => {
  for (const theme of themes)
    for (const name of ['ink', 'ink-soft', 'ink-faint', 'accent', 'negative', 'positive', 'warning'])
      assert.ok(onSurfaces(name, theme) >= 4.5, `${name}, ${theme}: ${onSurfaces(name, theme).toFixed(2)}`);
});

test('text on tinted grounds reaches 4.5 to 1', () => {
  const pairs = [
    ['accent', 'accent-soft'],
    ['ink', 'accent-soft'],
    ['accent-ink', 'accent'],
    ['negative', 'negative-soft'],
    ['positive', 'positive-soft'],
    ['warning', 'warning-soft'],
    ['ink', 'highlight'],
    ['ink-soft', 'surface-hover'],
  ] as const;
  for (const theme of themes)
    for (const [text, ground] of pairs) {
      const ratio = contrast(colour(text, theme), colour(ground, theme));
      assert.ok(ratio >= 4.5, `${text} on ${ground}, ${theme}: ${ratio.toFixed(2)}`);
    }
});

test('channel colours and the edges of controls reach 3 to 1', () => {
  const names = [...tokens.keys()].filter((name) => name.startsWith('channel-'));
  assert.ok(names.length >= 12);
  for (const theme of themes)
    for (const name of [...names, 'control-line'])
      assert.ok(onSurfaces(name, theme) >= 3, `${name}, ${theme}: ${onSurfaces(name, theme).toFixed(2)}`);
});

test('the common channels stay apart for readers who do not see red or green', () => {
  const names = ['voice', 'email', 'chat', 'whatsapp', 'social', 'in-person'].map((name) => `channel-${name}`);
  for (const theme of themes)
    for (const see of [(value: string) => value, deuteranopia, protanopia])
      names.forEach((one, index) =>
        names.slice(index + 1).forEach((other) => {
          const apart = distance(see(colour(one, theme)), see(colour(other, theme)));
          assert.ok(apart >= 8, `${one} and ${other}, ${theme}: ${apart.toFixed(1)}`);
        }),
      );
});

test('better and worse stay apart for them too', () => {
  for (const theme of themes)
    for (const see of [deuteranopia, protanopia])
      assert.ok(distance(see(colour('negative', theme)), see(colour('positive', theme))) >= 40);
});
