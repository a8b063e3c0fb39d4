import { useEffect, useRef, useState } from 'preact/hooks';

interface SearchFieldProps {
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const TYPING_MS = 180;

/** Tells what was typed once the typing pauses. */
export function SearchField({ placeholder, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(typed), TYPING_MS);
  };
  return (
    <input
      type="search"
      class="search"
      placeholder={`${placeholder}  ( / )`}
      aria-label={placeholder}
      maxLength={200}
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={(event) => type(event.currentTarget.value)}
    />
  );
}
