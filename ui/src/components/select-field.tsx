interface SelectFieldProps {
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SelectField({ label, options, value, onChange }: SelectFieldProps) {
  const known = options.some(([one]) => one === value);
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
      {!known && <option value={value}>{value}</option>}
    </select>
  );
}
