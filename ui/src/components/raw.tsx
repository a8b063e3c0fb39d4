import { useState } from 'preact/hooks';

interface RawProps {
  /** Printable, from the server. */
  readonly text: string;
  /** Longer texts are folded behind a button; 0 folds nothing. */
  readonly fold?: number;
}

/**
 * What an attacker sent: always a text node, in a box of its own in which letters stand in the order of the bytes,
 * whatever direction their script has.
 */
export function Raw({ text, fold = 0 }: RawProps) {
  const [open, setOpen] = useState(false);
  const folded = fold > 0 && text.length > fold && !open;
  return (
    <>
      <span class="raw">
        {text === '' ? <span class="dim">(empty)</span> : folded ? text.slice(0, fold) : text}
      </span>
      {folded && (
        <button type="button" class="fold" onClick={() => setOpen(true)}>
          {`… ${text.length - fold} more`}
        </button>
      )}
    </>
  );
}
