import type { AlertFile } from './alert-file.ts';
import type { AlertRule } from './alert-rule.ts';
import type { Channel } from './channel.ts';

/** The file in words: who is told what, when. One line each. */
export function explainAlerts({ channels, rules }: AlertFile): string[] {
  return [
    ...Object.entries(channels).map(([name, channel]) => `channel ${name}: ${channelText(channel)}`),
    ...rules.map((rule) => `rule ${rule.name}: ${ruleText(rule)}`),
  ];
}

function channelText(channel: Channel): string {
  switch (channel.type) {
    case 'webhook':
      return `posts ${channel.style} JSON to ${channel.url === undefined ? 'the address in its secret' : new URL(channel.url).host}`;
    case 'email':
      return `mails ${channel.to.length} recipients by ${channel.host} (${channel.tls === 'none' ? 'without TLS' : channel.tls})`;
    case 'syslog':
      return `syslog (RFC 5424, ${channel.facility}) by ${channel.transport} to ${channel.path ?? `${channel.host}:${channel.port}`}`;
  }
}

function ruleText({
  when,
  threshold,
  groupBy,
  wait,
  every,
  limit,
  quietHours,
  ignore,
  to,
}: AlertRule): string {
  const wanted = [
    `findings of ${when.severity} or worse`,
    ...(when.rules === undefined ? [] : [`of the rules ${when.rules.join(', ')}`]),
    ...(when.axes === undefined ? [] : [`on the axes ${when.axes.join(', ')}`]),
    ...(when.stages === undefined ? [] : [`in the stages ${when.stages.join(', ')}`]),
    ...(when.techniques === undefined ? [] : [`with ${when.techniques.join(', ')}`]),
    ...(when.sensors === undefined ? [] : [`at the sensors ${when.sensors.join(', ')}`]),
    ...(when.campaigns === undefined
      ? []
      : [
          typeof when.campaigns === 'string'
            ? `of ${when.campaigns} campaign`
            : `of ${when.campaigns.join(', ')}`,
        ]),
  ];
  const ignored = ignore.addresses.length + ignore.ports.length;
  return [
    wanted.join(' '),
    ...(threshold === undefined
      ? []
      : [`once there are ${threshold.count} within ${spanText(threshold.within)}`]),
    groupBy === 'all' ? 'all in one message' : `one message for each ${groupBy}`,
    `after ${spanText(wait)}, then at most every ${spanText(every)}`,
    `at most ${limit.count} within ${spanText(limit.within)}`,
    ...(quietHours === undefined
      ? []
      : [
          `held back from ${quietHours.from} to ${quietHours.to} ${quietHours.zone}${quietHours.except === undefined ? '' : `, but for ${quietHours.except}`}`,
        ]),
    ...(ignored === 0 ? [] : [`${ignored} addresses and ports ignored`]),
    `to ${to.join(', ')}`,
  ].join('; ');
}

function spanText(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
}
