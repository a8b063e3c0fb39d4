import type { ByteString } from '../../model/bytes.ts';
import { bulk, errorReply, integer, OK } from '../../wire/resp-reply.ts';
import { unblock } from '../blocking.ts';
import type { Call, Family, Handler } from '../command.ts';
import { argument, exactInteger, fail, integerArgument, nil, no, SYNTAX, yes } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { pause, unpause } from '../pause.ts';
import { container } from '../subcommand.ts';
import { isValkey, since } from '../version.ts';
import { info, kill, list } from './client-listing.ts';
import { setInfo, setName } from './client-names.ts';
import { caching, redirection, tracking, trackingInfo } from './client-tracking.ts';

function replies(call: Call): ByteString {
  const word = argument(call, 2).toLowerCase();
  if (word !== 'on' && word !== 'off' && word !== 'skip') fail(SYNTAX);
  if (word !== 'skip' || call.client.replies === 'on') call.client.replies = word;
  return word === 'on' ? OK : '';
}

/** Ends another client's wait: as if its time were over, or with an error. */
function endWait(call: Call): ByteString {
  const reason = (call.argv.length === 4 ? call.argv[3] : undefined)?.toLowerCase() ?? 'timeout';
  if (call.argv.length > 4 && !isValkey(call)) {
    const [unknown, end] = since(call, 6.2) ? ['unknown', '.'] : ['Unknown', ''];
    fail(
      `ERR ${unknown} subcommand or wrong number of arguments for '${argument(call, 1)}'. Try CLIENT HELP${end}`,
    );
  }
  if (reason !== 'timeout' && reason !== 'error')
    fail('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  const id = Number(exactInteger(argument(call, 2)));
  const target = call.world.clients.get(id);
  if (target?.waiting === undefined) return no;
  const reply =
    reason === 'error'
      ? errorReply('UNBLOCKED client unblocked via CLIENT UNBLOCK')
      : target.waiting.expired();
  unblock(call.world, target, reply);
  return yes;
}

function pauseClients(call: Call): ByteString {
  const mode = call.argv[3]?.toLowerCase() ?? 'all';
  if (mode !== 'all' && mode !== 'write') fail('ERR CLIENT PAUSE mode must be WRITE or ALL');
  const ms = integerArgument(argument(call, 2), 'ERR timeout is not an integer or out of range');
  if (ms < 0) fail('ERR timeout is negative');
  pause(call.world, mode, ms);
  return OK;
}

/** A switch of the connection that only CLIENT LIST shows. */
const onOff =
  (set: (call: Call, on: boolean) => void): Handler =>
  (call) => {
    const word = argument(call, 2).toLowerCase();
    if (word !== 'on' && word !== 'off') fail(SYNTAX);
    set(call, word === 'on');
    return OK;
  };

const capabilities: Handler = (call) => {
  if (call.argv.slice(2).some((word) => word.toLowerCase() === 'redirect')) call.client.capabilities = 'r';
  return OK;
};

const importSource: Handler = (call) => {
  if (call.world.config.get('import-mode') !== 'yes') fail('ERR Server is not in import mode');
  return onOff(({ client }, on) => (client.importSource = on))(call);
};

const shared = {
  id: { words: 1, run: ({ client }: Call) => integer(client.id) },
  getname: { words: 1, run: (call: Call) => (call.client.name === '' ? nil(call) : bulk(call.client.name)) },
  setname: { words: 2, run: setName },
  list: { words: -1, run: list },
  kill: { words: -1, run: kill },
  reply: { words: 2, run: replies },
  tracking: { words: -2, run: tracking },
  caching: { words: -2, run: caching },
  getredir: { words: 1, run: redirection },
};

const before7 = container(
  {
    ...shared,
    pause: { words: 2, run: pauseClients },
    unblock: { words: -2, run: endWait },
    help: { words: 1, run: (call) => helpReply(call, 'CLIENT') },
  },
  '',
);
const from7 = container({
  ...shared,
  pause: { words: -2, run: pauseClients },
  unblock: { words: -2, run: endWait },
  unpause: {
    words: 1,
    run: ({ world }) => {
      unpause(world);
      return OK;
    },
  },
  info: { words: 1, run: info },
  trackinginfo: { words: 1, run: trackingInfo },
  'no-evict': { words: 2, run: onOff(({ client }, on) => (client.noEvict = on)) },
  'no-touch': { words: 2, run: onOff(({ client }, on) => (client.noTouch = on)) },
  setinfo: { words: 3, run: setInfo },
  capa: { words: -2, run: capabilities },
  'import-source': { words: 2, run: importSource },
  help: { words: 1, run: (call) => helpReply(call, 'CLIENT') },
});

export const client: Family = {
  client: (call) => (since(call, 6.2) ? from7(call) : before7(call)),
};
