import type { WebhookStyle } from '../channel.ts';
import type { Message } from '../message.ts';
import { discordPayload } from './discord.ts';
import { mattermostPayload } from './mattermost.ts';
import { plainPayload } from './plain.ts';
import { slackPayload } from './slack.ts';
import { teamsPayload } from './teams.ts';

/** The JSON body of a webhook, within the limits of its service. */
export function payloadOf(style: WebhookStyle, message: Message): string {
  return JSON.stringify(BUILDERS[style](message));
}

const BUILDERS: Readonly<Record<WebhookStyle, (message: Message) => unknown>> = {
  plain: plainPayload,
  slack: slackPayload,
  discord: discordPayload,
  teams: teamsPayload,
  mattermost: mattermostPayload,
};
