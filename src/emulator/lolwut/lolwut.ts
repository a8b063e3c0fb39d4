import type { ByteString } from '../../model/bytes.ts';
import { verbatim } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, integerArgument } from '../command.ts';
import { isValkey, since } from '../version.ts';
import { disorder, poem, skyline } from './pictures.ts';

/** Columns of pictures that are drawn; whoever asks for more gets these. */
const MOST_COLUMNS = 1_000;
const MOST_ROWS = 200;

/** A picture by the release, or by the one that VERSION names; the last line tells the version. */
export function lolwut(call: Call): ByteString {
  const chosen = argument(call, 1).toLowerCase() === 'version' && call.argv.length > 2;
  const asked = chosen ? integerArgument(argument(call, 2)) : undefined;
  const figures = call.argv.slice(chosen ? 3 : 1);
  const { version } = call.world.persona;
  const number = asked ?? Number.parseInt(version, 10);
  const text = `${pictureOf(call, number, figures)}Redis ver. ${version}\n`;
  return verbatim(text, call.client.resp);
}

function pictureOf(call: Call, number: number, figures: readonly ByteString[]): string {
  const { random } = call.world;
  const figure = (at: number, usual: number, most: number): number => {
    const text = figures[at];
    return text === undefined ? usual : Math.max(1, Math.min(most, integerArgument(text)));
  };
  if (number === 5) {
    const [columns, across, down] = [figure(0, 66, MOST_COLUMNS), figure(1, 8, 200), figure(2, 12, 200)];
    return `${disorder(random, columns, across, down)}\nGeorg Nees - schotter, plotter on paper, 1968. `;
  }
  if (number === 6) {
    const [columns, rows] = [figure(0, 80, MOST_COLUMNS), figure(1, 20, MOST_ROWS)];
    // Credits as the servers up to 7.2 give them (BSD-3-Clause), whatever is drawn above.
    return `${skyline(random, columns, rows)}Dedicated to the 8 bit game developers of past and present.\nOriginal 8 bit image from Plaguemon by hikikomori. `;
  }
  if (number === 8 && since(call, 8) && !isValkey(call)) {
    return `${poem(random)}\nVerses that chance has put together, after the computer poems of the early sixties.\n\nhttps://en.wikipedia.org/wiki/Digital_poetry\n\nUse: LOLWUT IT for the original Italian output. `;
  }
  return '';
}
