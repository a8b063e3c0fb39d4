import { useEffect, useState } from 'preact/hooks';

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return undefined;
    const timer = setTimeout(() => setTold(''), 1_500);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setTold('Copied'),
      () => setTold('Not allowed'),
    );
  };
  return (
    <button
      type="button"
      class="small"
      data-copy
      onClick={copy}
      aria-label={`${label}: ${text.slice(0, 80)}`}
    >
      <span aria-live="polite">{told === '' ? label : told}</span>
    </button>
  );
}
