/** The plant that catches what lands on it. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" fill="none" stroke-linecap="round" aria-hidden="true">
      <path class="leaf" d="M12 22V10" stroke-width="2" />
      <path class="leaf" d="M12 11 6 6M12 11l6-5M12 10V4M12 15l-7-2M12 15l7-2" stroke-width="1.5" />
      <circle class="dew" cx="6" cy="6" r="2.1" />
      <circle class="dew" cx="18" cy="6" r="2.1" />
      <circle class="dew" cx="12" cy="3.6" r="2.1" />
      <circle class="dew" cx="4.6" cy="12.8" r="1.8" />
      <circle class="dew" cx="19.4" cy="12.8" r="1.8" />
    </svg>
  );
}
