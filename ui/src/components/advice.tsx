/** What to do, one step a line. */
export function Advice({ steps }: { readonly steps: readonly string[] }) {
  return (
    <div class="advice">
      <b>Advice</b>
      {steps.length === 1 ? (
        <span>{steps[0]}</span>
      ) : (
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
