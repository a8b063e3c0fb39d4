import { href } from '../state/route.ts';

/** The list that a single thing belongs to. */
export function Crumbs({ list, label }: { readonly list: string; readonly label: string }) {
  return (
    <nav class="crumbs" aria-label="Up">
      <a href={href([list])}>← {label}</a>
    </nav>
  );
}
