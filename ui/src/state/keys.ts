import { signal } from '@preact/signals';
import { paused } from './live.ts';
import { go, goBack } from './route.ts';
import { moveBy, openRow, selectedRow } from './rows.ts';
import { nextTheme } from './theme.ts';

export const helpOpen = signal(false);

/** What `g` and then the letter opens. */
export const PLACES: Readonly<Record<string, string>> = {
  n: 'now',
  f: 'findings',
  s: 'sessions',
  o: 'sources',
  i: 'indicators',
  c: 'campaigns',
  e: 'events',
  p: 'captures',
  m: 'servers',
  y: 'study',
};
const SECOND_KEY_MS = 1_200;

let prefixed = Number.NEGATIVE_INFINITY;

/** The keys that work everywhere; docs/dashboard.md and the help list them. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') return escape(event);
    if (helpOpen.value) {
      if (event.key === '?') helpOpen.value = false;
      return;
    }
    if (isTyping(event.target)) return;
    if (takes(event)) event.preventDefault();
  });
}

function takes(event: KeyboardEvent): boolean {
  const place = PLACES[event.key];
  if (place !== undefined && performance.now() - prefixed < SECOND_KEY_MS) {
    prefixed = Number.NEGATIVE_INFINITY;
    go([place]);
    return true;
  }
  switch (event.key) {
    case 'g':
      prefixed = performance.now();
      return true;
    case 'j':
    case 'ArrowDown':
      return moveBy(1);
    case 'k':
    case 'ArrowUp':
      return moveBy(-1);
    case 'Enter':
      return event.target === selectedRow() && openRow();
    case '/':
      return focusFilter();
    case '?':
      helpOpen.value = true;
      return true;
    case 'p':
      paused.value = !paused.value;
      return true;
    case 't':
      nextTheme();
      return true;
    case 'y':
      return copySelected();
    default:
      return false;
  }
}

function escape(event: KeyboardEvent): void {
  const { target } = event;
  if (helpOpen.value) helpOpen.value = false;
  else if (isTyping(target)) (target as HTMLElement).blur();
  else goBack();
  event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName);
}

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>('input[type=search]');
  filter?.focus();
  filter?.select();
  return filter !== null;
}

function copySelected(): boolean {
  const button = selectedRow()?.querySelector<HTMLButtonElement>('button[data-copy]');
  button?.click();
  return button !== null && button !== undefined;
}
