import type { Command } from 'commander';
import { Option } from 'commander';
import { SHORT, WHOLE } from '../../recordings/play-line.ts';
import type { AddCommand } from '../context.ts';
import { Complaint } from '../exit.ts';
import { addFormatOptions } from '../list.ts';
import { dataOption, wholeNumber } from '../options.ts';
import { chooseRecording } from '../recording-choice.ts';
import type { AgainstOptions } from '../replay-against.ts';
import { runAgainst } from '../replay-against.ts';
import { writePcap } from '../replay-pcap.ts';
import { dumpRecording, playRecording, printRecording } from '../replay-play.ts';
import { placeInTime, speedFactor } from '../replay-speed.ts';

interface ReplayOptions extends Partial<AgainstOptions> {
  readonly data?: string;
  readonly speed: number;
  readonly wait: boolean;
  readonly maxPause: number;
  readonly from: number;
  readonly raw?: true;
  readonly full?: true;
  readonly pcap?: string;
}

export const replayCommand: AddCommand = (program, context, end) => {
  addOptions(program.command('replay <session>'))
    .description(
      'play what both sides of a visit sent, in its own time; or say it again to another server and compare',
    )
    .action(async (session: string, options: ReplayOptions) => {
      const { against, json, ndjson, pcap } = options;
      const recording = await chooseRecording(session, options.data);
      if (against !== undefined) return end(await runAgainst(recording, { ...options, against }, context));
      const astray = (['persona', 'disposable', 'consent', 'strict'] as const).find(
        (name) => name in options,
      );
      if (astray !== undefined) {
        throw new Complaint(`--${astray} says how to compare.`, 'Say with what: --against sensor, or a URL.');
      }
      if (pcap !== undefined) return writePcap(recording, pcap, context);
      if (json === true || ndjson === true) return printRecording(recording, ndjson === true, context);
      const show = options.raw === true ? dumpRecording : playRecording;
      return show(
        recording,
        {
          speed: options.wait ? options.speed : undefined,
          from: options.from,
          longestPause: options.maxPause === 0 ? Number.POSITIVE_INFINITY : options.maxPause * 1_000,
          limits: options.full === true ? WHOLE : SHORT,
        },
        context,
      );
    });
};

function addOptions(command: Command): Command {
  const playing = addFormatOptions(
    command
      .addOption(new Option('--speed <n>', 'n times as fast as it was').argParser(speedFactor).default(1))
      .option('--no-wait', 'all at once')
      .addOption(
        new Option('--max-pause <seconds>', 'wait no longer between two lines; 0: as long as it was')
          .argParser(wholeNumber(0, 86_400))
          .default(3),
      )
      .addOption(
        new Option('--from <time>', 'begin at this time of the visit (12.5, 1:30)')
          .argParser(placeInTime)
          .default(0, 'its beginning'),
      )
      .option('--full', 'show long requests and replies whole')
      .option('--raw', 'show the bytes (hexadecimal) instead of requests and replies'),
  );
  return playing
    .option('--pcap <file>', 'write it as a packet capture, for Wireshark')
    .option(
      '--against <where>',
      'say it again and compare the replies: "sensor" is a new one in this process, redis://HOST:PORT a given server',
    )
    .option('--persona <name|file>', 'what the new sensor pretends to be (default: as the visited one)')
    .option('--strict', 'count it as a difference too when only numbers, ids, times or order differ')
    .option(
      '--disposable',
      'the given server, its data and its machine may be lost: attacks are really run there',
    )
    .option('--consent', 'the given server is not on this machine, and it is yours to attack')
    .addOption(dataOption());
}
