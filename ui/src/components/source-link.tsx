import { href } from '../state/route.ts';
import { Raw } from './raw.tsx';

/** An address that came; leads to all it did. */
export function SourceLink({ address, port }: { readonly address: string; readonly port?: number }) {
  return (
    <a class="address" href={href(['sources', address])}>
      <Raw text={address} />
      {port !== undefined && <span class="dim">:{port}</span>}
    </a>
  );
}
