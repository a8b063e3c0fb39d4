/** Keyboard and rows: whatever carries `data-row` can be walked through; `data-open` inside it is what Enter opens. */

export function selectedRow(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-row]') ?? undefined;
}

/** Moves on by so many rows; the first press goes to the first row that is to be seen. */
export function moveBy(step: number): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(isShown);
  if (rows.length === 0) return false;
  const current = selectedRow();
  const at = current === undefined ? -1 : rows.indexOf(current);
  const next =
    at < 0 ? (rows.find(isInView) ?? rows[0]) : rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
  return true;
}

export function openRow(): boolean {
  const link = selectedRow()?.querySelector<HTMLElement>('[data-open]');
  link?.click();
  return link !== null && link !== undefined;
}

/** A click on a row opens it, unless it was meant for something inside, or for selecting text. */
export function openOnClick(event: MouseEvent): void {
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || !(currentTarget instanceof HTMLElement)) return;
  if (target.closest('a, button, input, select, summary') || String(getSelection()) !== '') return;
  currentTarget.querySelector<HTMLElement>('[data-open]')?.click();
}

function isShown(row: HTMLElement): boolean {
  return row.offsetParent !== null;
}

function isInView(row: HTMLElement): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 60 && top < innerHeight;
}
