// What tests run inside the browser, as text: the tests' own compiler settings know no document.

/** Says on the console what the content security policy refused. */
export const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`;

/** Tries to run a script of its own, as an injection would. */
export const ADD_SCRIPT = `(async () => {
  const script = document.createElement('script');
  try {
    script.textContent = 'globalThis.ran = true';
  } catch {
    return 'refused by trusted types';
  }
  document.body.append(script);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return 'ran' in globalThis ? 'ran' : 'refused by the policy';
})()`;

/** What a page of another origin gets to see of the dashboard: read, read blindly, streamed, in a frame. */
export function readFrom(url: string): string {
  return `(async (url) => {
    const refused = () => 'refused';
    const read = await fetch(url + 'api/sessions').then((answer) => answer.text(), refused);
    const blind = await fetch(url + 'api/sessions', { mode: 'no-cors' }).then((answer) => answer.text(), refused);
    const stream = await new Promise((resolve) => {
      const source = new EventSource(url + 'api/stream');
      source.onerror = () => resolve('refused');
      source.addEventListener('hello', () => resolve('streamed'));
    });
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    return { read, blind, stream };
  })(${JSON.stringify(url)})`;
}

export const SELECTED_ROW = `document.activeElement?.getAttribute('data-row') ?? null`;
export const GROUND = 'getComputedStyle(document.documentElement).backgroundColor';
/** Pixels that the page is wider than the window. */
export const EXCESS = 'document.documentElement.scrollWidth - innerWidth';
