import { useEffect, useRef } from 'preact/hooks';
import { helpOpen } from '../state/keys.ts';

const KEYS = [
  ['j  k  ↓  ↑', 'move through the rows'],
  ['Enter', 'open the row'],
  ['Esc', 'leave the field, close, go back'],
  ['/', 'filter the list'],
  ['y', "copy the row's value"],
  ['p', 'pause and resume the feed'],
  ['g n', 'Now'],
  ['g f', 'Findings'],
  ['g s', 'Sessions'],
  ['g o', 'Sources'],
  ['g i', 'Indicators'],
  ['g c', 'Campaigns'],
  ['g e', 'Events'],
  ['g p', 'Captures'],
  ['g m', 'My servers'],
  ['g y', 'Study'],
  ['t', 'colours: as the system, dark, light'],
  ['?', 'this help'],
] as const;

/** The keys, in a dialog of the browser's own: it keeps the focus inside and gives it back. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helpOpen.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-label="Keys" onClose={() => (helpOpen.value = false)}>
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(/ +/).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="dim">
        Times are in your own zone; hover for UTC. Addresses are defanged until you say otherwise.
      </p>
      <button type="button" onClick={() => (helpOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
