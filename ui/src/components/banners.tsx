import { connection, retryIn, retryNow, status } from '../state/live.ts';

/** What is wrong at this moment, above everything else. */
export function Banners() {
  const trouble = status.value?.journal.trouble;
  return (
    <>
      {connection.value === 'lost' && (
        <div class="banner banner-lost" role="status">
          <span>
            <strong>Connection to Sundew lost.</strong> What is shown may be out of date; trying again
            {retryIn.value > 0 ? ` in ${retryIn.value} s` : ''}.
          </span>
          <button type="button" onClick={retryNow}>
            Try now
          </button>
        </div>
      )}
      {trouble !== undefined && (
        <div class="banner banner-trouble" role="alert">
          <span>
            <strong>The journal is in trouble.</strong> {trouble}
          </span>
        </div>
      )}
    </>
  );
}
