import type { ComponentChildren } from 'preact';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { place } from '../router.ts';
import { CommandPalette, openPalette, startPaletteKey } from './command-palette.tsx';
import { BrandMark, Icon } from './icon.tsx';
import { Navigation } from './navigation.tsx';
import { PipelineProgress } from './pipeline-progress.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Whether the side bar is open on a narrow screen. */
export const isMenuOpen = signal(false);

/** The frame of every page: side bar, main part, command palette. */
export function Shell({ children }: { children: ComponentChildren }) {
  useEffect(startPaletteKey, []);
  useEffect(() => {
    isMenuOpen.value = false;
  }, [place.value]);
  return (
    <div class="shell" onKeyDown={(event) => event.key === 'Escape' && (isMenuOpen.value = false)}>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Sidebar />
      {isMenuOpen.value && <div class="scrim" onClick={() => (isMenuOpen.value = false)} />}
      <main class="main" id="main" tabIndex={-1}>
        {children}
      </main>
      <CommandPalette />
    </div>
  );
}

function Sidebar() {
  return (
    <header class="sidebar" data-open={isMenuOpen.value}>
      <a class="brand" href="/">
        <BrandMark />
        Crosstalk
      </a>
      <button type="button" class="palette-button" onClick={openPalette}>
        <span>
          <Icon name="search" />
          Find
        </span>
        <kbd>Ctrl K</kbd>
      </button>
      <Navigation />
      <div class="sidebar-foot">
        <PipelineProgress />
        <ThemeSwitch />
      </div>
    </header>
  );
}
