import type { ComponentChildren } from 'preact';

/** A sentence where rows would stand: nothing there, still loading, went wrong. */
export function Note({
  tone = 'calm',
  children,
}: {
  readonly tone?: 'calm' | 'bad';
  readonly children: ComponentChildren;
}) {
  return (
    <p class={`sentence sentence-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
