import type { EventView } from '../../../src/serve/answers.ts';
import { Raw } from './raw.tsx';

/** One event in a line: what was done, with what, and what came of it. */
export function EventText({ event, fold = 0 }: { readonly event: EventView; readonly fold?: number }) {
  const { what, args, argsLeft, outcome, note, type } = event;
  return (
    <span class={`event event-${type.replace('.', '-')}`}>
      <span class="what">{what}</span>
      {args.map((arg, at) => (
        <span class="arg" key={at}>
          <Raw text={arg} fold={fold} />
        </span>
      ))}
      {argsLeft !== undefined && <span class="dim">{` +${argsLeft} arguments`}</span>}
      {outcome === 'error' && <span class="bad">{note ?? 'error'}</span>}
      {outcome === 'refused' && <span class="bad">refused</span>}
      {outcome !== 'error' && note !== undefined && <span class="dim note">{note}</span>}
    </span>
  );
}
