/** How sure it is that this means the same attackers elsewhere. */
export function ConfidenceBar({ confidence }: { readonly confidence: number }) {
  const percent = Math.round(confidence * 100);
  return (
    <span class="confidence" title={`${percent} % sure that meeting it elsewhere means the same attackers`}>
      <svg viewBox="0 0 40 6" aria-hidden="true">
        <rect class="off" width="40" height="6" rx="1" />
        <rect class="on" width={confidence * 40} height="6" rx="1" />
      </svg>
      <span>{`${percent} %`}</span>
    </span>
  );
}
