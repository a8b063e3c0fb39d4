import type { Severity } from '../../model/severity.ts';
import { endsInCrc32 } from './checksums.ts';

export interface TokenForm {
  readonly kind: string;
  readonly title: string;
  readonly severity: Severity;
  /** At least three characters. */
  readonly prefix: string;
  /** What follows the prefix; anchored at both ends, tried on at most LONGEST_TOKEN bytes. */
  readonly rest: RegExp;
  /** What the form cannot say. */
  readonly holds?: (word: string) => boolean;
}

type Row = readonly [
  provider: string,
  title: string,
  prefixes: string,
  rest: string,
  severity?: Severity,
  holds?: (word: string) => boolean,
];

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** First characters of a Discord token: base64 of the digits of an account id. */
const DISCORD = ['M', 'N', 'O'].flatMap((one) =>
  ['T', 'D', 'j', 'z'].flatMap((two) => Array.from('AEIMQUYcgk', (three) => one + two + three)),
);

/** Forms as the providers document them, or as their own scanners' patterns give them. Words that only look random are none. */
const ROWS: readonly Row[] = [
  ['github', 'GitHub token', 'ghp_ gho_ ghu_ ghs_ ghr_', '[A-Za-z0-9]{36}', 'high', endsInCrc32],
  ['github', 'GitHub installation token', 'ghs_', '\\d{1,20}_[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]{10,}'],
  ['github', 'GitHub fine-grained token', 'github_pat_', '[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'],
  [
    'gitlab',
    'GitLab token',
    'glpat- gldt- glrt- glcbt- glptt- glft- glsoat- gloas- glimt- glagent- glffct-',
    '[\\w-]{20,128}(\\.[0-9a-z]{2}\\.[0-9a-z]{9}|\\.[0-9a-z]{2,12})?',
  ],
  ['slack', 'Slack token', 'xoxb- xoxp- xoxa- xoxo- xoxr- xoxs- xoxe- xoxe.', '[a-z]*-?\\d[\\w-]{18,250}'],
  ['slack', 'Slack app token', 'xapp-', '\\d-[A-Z0-9]{8,14}-\\d{8,16}-[a-z0-9]{32,80}'],
  [
    'slack',
    'Slack webhook',
    'hooks.slack.com/',
    '(services|workflows|triggers)/T[A-Z0-9]{6,14}/[A-Z]?[A-Za-z0-9]{6,24}/[A-Za-z0-9]{16,48}(/[A-Za-z0-9]{16,48})?',
  ],
  ['stripe', 'Stripe live key', 'sk_live_ rk_live_', '[A-Za-z0-9]{16,128}', 'critical'],
  ['stripe', 'Stripe test key', 'sk_test_ rk_test_', '[A-Za-z0-9]{16,128}', 'low'],
  ['stripe', 'Stripe webhook secret', 'whsec_', '[A-Za-z0-9+/=]{32,64}'],
  ['google', 'Google API key', 'AIza', '[\\w-]{35}'],
  ['google', 'Google OAuth client secret', 'GOCSPX-', '[\\w-]{28}'],
  ['google', 'Google access token', 'ya29.', '[\\w-]{40,400}'],
  ['google', 'Google refresh token', '1//0', '[\\w-]{38,110}'],
  ['google', 'Firebase messaging key', 'AAAA', '[\\w-]{7}:[\\w-]{140}'],
  ['sendgrid', 'SendGrid key', 'SG.', '[\\w-]{22}\\.[\\w-]{43}'],
  ['npm', 'npm token', 'npm_', '[A-Za-z0-9]{36}', 'high', endsInCrc32],
  ['pypi', 'PyPI token', 'pypi-AgE', '[\\w-]{50,400}'],
  ['rubygems', 'RubyGems key', 'rubygems_', '[0-9a-f]{48}'],
  ['nuget', 'NuGet key', 'oy2', '[a-z0-9]{43}'],
  ['clojars', 'Clojars token', 'CLOJARS_', '[a-z0-9]{60}'],
  ['docker', 'Docker Hub token', 'dckr_pat_ dckr_oat_', '[\\w-]{27,40}'],
  ['digitalocean', 'DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', '[0-9a-f]{64}'],
  ['anthropic', 'Anthropic key', 'sk-ant-', '[a-z0-9]{3,12}-[\\w-]{80,128}'],
  ['openai', 'OpenAI key', 'sk-proj- sk-svcacct- sk-admin-', '[\\w-]{40,200}'],
  ['openai', 'OpenAI key', 'sk-', '[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}'],
  ['openrouter', 'OpenRouter key', 'sk-or-v1-', '[0-9a-f]{64}'],
  ['huggingface', 'Hugging Face token', 'hf_', '[A-Za-z]{34}'],
  ['huggingface', 'Hugging Face organisation token', 'api_org_', '[A-Za-z]{34}'],
  ['groq', 'Groq key', 'gsk_', '[A-Za-z0-9]{52}'],
  ['xai', 'xAI key', 'xai-', '[A-Za-z0-9]{70,90}'],
  ['perplexity', 'Perplexity key', 'pplx-', '[A-Za-z0-9]{40,56}'],
  ['replicate', 'Replicate token', 'r8_', '[A-Za-z0-9]{37}'],
  ['nvidia', 'NVIDIA key', 'nvapi-', '[\\w-]{60,72}'],
  ['langsmith', 'LangSmith key', 'lsv2_pt_ lsv2_sk_', '[0-9a-f]{32}_[0-9a-f]{10}'],
  ['pinecone', 'Pinecone key', 'pcsk_', '[\\w-]{5,8}_[\\w-]{50,70}'],
  [
    'discord',
    'Discord bot token',
    DISCORD.join(' '),
    '[\\w-]{20,25}\\.[\\w-]{6}\\.[\\w-]{27,38}',
    'high',
    namesSnowflake,
  ],
  [
    'discord',
    'Discord webhook',
    'discord.com/api/webhooks/ discordapp.com/api/webhooks/',
    '\\d{17,20}/[\\w-]{60,72}',
  ],
  ['heroku', 'Heroku key', 'HRKU-', `(AA[\\w-]{58}|${UUID})`],
  ['cloudflare', 'Cloudflare token', 'cfut_ cfat_ cfk_', '[A-Za-z0-9]{40}[0-9a-f]{8}'],
  ['cloudflare', 'Cloudflare origin key', 'v1.0-', '[0-9a-f]{24}-[0-9a-f]{146}'],
  ['vault', 'Vault token', 'hvs. hvb. hvr.', '[\\w-]{24,300}'],
  ['terraform', 'Terraform Cloud token', 'atlasv1.', '[\\w-]{60,70}'],
  ['databricks', 'Databricks token', 'dapi', '[0-9a-f]{32}(-\\d)?'],
  ['square', 'Square token', 'sq0atp-', '[\\w-]{22}'],
  ['square', 'Square secret', 'sq0csp-', '[\\w-]{43}'],
  ['square', 'Square token', 'EAAA', '[\\w-]{60}'],
  ['mailgun', 'Mailgun key', 'key-', '[0-9a-f]{32}'],
  ['brevo', 'Brevo key', 'xkeysib- xsmtpsib-', '[0-9a-f]{64}-[A-Za-z0-9]{16}'],
  ['resend', 'Resend key', 're_', '[A-Za-z0-9]{8}_[A-Za-z0-9]{24}'],
  ['atlassian', 'Atlassian token', 'ATATT3 ATCTT3', '[\\w=-]{60,250}'],
  ['atlassian', 'Bitbucket app password', 'ATBB', '[A-Za-z0-9]{32}'],
  ['linear', 'Linear key', 'lin_api_ lin_oauth_', '[A-Za-z0-9_]{32,128}'],
  ['notion', 'Notion token', 'ntn_', '\\d{11}[A-Za-z0-9]{35}'],
  ['notion', 'Notion token', 'secret_', '[A-Za-z0-9]{43}'],
  ['postman', 'Postman key', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'],
  ['doppler', 'Doppler token', 'dp.pt. dp.ct. dp.sa. dp.scim. dp.audit.', '[A-Za-z0-9]{40,44}'],
  ['doppler', 'Doppler service token', 'dp.st.', '([a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}'],
  ['dropbox', 'Dropbox token', 'sl.', '(u\\.|B)[\\w-]{120,}'],
  ['shopify', 'Shopify token', 'shpat_ shpca_ shppa_ shpss_ shpua_ shptka_', '[0-9a-fA-F]{32,64}'],
  ['twilio', 'Twilio key', 'SK0 SK1 SK2 SK3 SK4 SK5 SK6 SK7 SK8 SK9 SKa SKb SKc SKd SKe SKf', '[0-9a-f]{31}'],
  ['supabase', 'Supabase token', 'sbp_ sb_secret_', '([0-9a-f]{40}|[\\w-]{22,44})'],
  ['planetscale', 'PlanetScale secret', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.=-]{32,64}'],
  ['newrelic', 'New Relic key', 'NRAK- NRII- NRJS- NRRA-', '[A-Za-z0-9-]{19,42}'],
  ['grafana', 'Grafana Cloud token', 'glc_', '[A-Za-z0-9+/]{32,400}={0,2}'],
  ['grafana', 'Grafana token', 'glsa_', '[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}'],
  ['sentry', 'Sentry token', 'sntrys_', 'eyJ[A-Za-z0-9+/=_-]{80,400}'],
  ['sentry', 'Sentry token', 'sntryu_', '[0-9a-f]{64}'],
  ['pulumi', 'Pulumi token', 'pul-', '[0-9a-f]{40}'],
  ['prefect', 'Prefect key', 'pnu_', '[A-Za-z0-9]{36}'],
  ['figma', 'Figma token', 'figd_', '[\\w-]{40,200}'],
  ['tailscale', 'Tailscale key', 'tskey-', '[a-z]{2,20}-[\\w]{8,40}-[\\w]{16,60}'],
  ['1password', '1Password service account token', 'ops_eyJ', '[A-Za-z0-9+/=]{100,500}'],
  ['fly', 'Fly.io token', 'fo1_ fm1_ fm1a_ fm1r_ fm2_', '[\\w+/=,-]{43,500}'],
  ['netlify', 'Netlify token', 'nfp_ nfc_ nfo_', '[A-Za-z0-9]{36,40}'],
  ['vercel', 'Vercel token', 'vcp_ vci_ vca_ vcr_ vck_', '[A-Za-z0-9]{20,60}'],
  ['render', 'Render key', 'rnd_', '[A-Za-z0-9]{26,36}'],
  ['easypost', 'EasyPost key', 'EZAK', '[A-Za-z0-9]{54}'],
  ['shippo', 'Shippo key', 'shippo_live_', '[0-9a-f]{40}'],
  ['duffel', 'Duffel token', 'duffel_live_', '[\\w=-]{43}'],
  ['typeform', 'Typeform token', 'tfp_', '[\\w.=-]{44,64}'],
  ['readme', 'ReadMe key', 'rdme_', '[a-z0-9]{70}'],
  ['razorpay', 'Razorpay key id', 'rzp_live_', '[A-Za-z0-9]{14}', 'low'],
  ['flutterwave', 'Flutterwave key', 'FLWSECK-', '[0-9a-zA-Z-]{30,60}'],
  ['paypal', 'Braintree access token', 'access_token$production$', '[0-9a-z]{16}\\$[0-9a-f]{32}', 'critical'],
  ['plaid', 'Plaid access token', 'access-production-', UUID, 'critical'],
  ['hubspot', 'HubSpot token', 'pat-na1- pat-na2- pat-eu1-', UUID],
  ['mapbox', 'Mapbox secret token', 'sk.eyJ', '[\\w-]{40,160}\\.[\\w-]{20,30}'],
  ['sonar', 'SonarQube token', 'squ_ sqp_ sqa_ sqb_', '[0-9a-f]{40}'],
  ['circleci', 'CircleCI token', 'CCIPAT_ CCIPRJ_', '[A-Za-z0-9]{22}_[0-9a-f]{40}'],
  ['buildkite', 'Buildkite token', 'bkua_', '[0-9a-f]{40}'],
  ['segment', 'Segment token', 'sgp_', '[A-Za-z0-9]{64}'],
  ['posthog', 'PostHog key', 'phx_', '[A-Za-z0-9]{43,60}'],
  ['launchdarkly', 'LaunchDarkly key', 'sdk- api-', UUID],
  ['dynatrace', 'Dynatrace token', 'dt0c01. dt0s01. dt0s16.', '[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['airtable', 'Airtable token', 'pat', '[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
  ['contentful', 'Contentful token', 'CFPAT-', '[\\w-]{43}'],
  ['alibaba', 'Alibaba Cloud key id', 'LTAI', '[A-Za-z0-9]{12,26}', 'low'],
  ['artifactory', 'Artifactory key', 'AKCp', '[A-Za-z0-9]{64,72}'],
  ['artifactory', 'Artifactory reference token', 'cmVmdGtu', '[A-Za-z0-9]{56}'],
  ['facebook', 'Facebook access token', 'EAACEdEose0cBA EAAB EAAG EAAM', '[A-Za-z0-9]{90,400}'],
  ['instagram', 'Instagram access token', 'IGQV', '[\\w-]{100,250}'],
  ['twitter', 'X bearer token', 'AAAAAAAAAAAAAAAAAAAAA', '[A-Za-z0-9%]{80,130}'],
  ['scaleway', 'Scaleway key id', 'SCW', '[A-Z0-9]{17}', 'low'],
  ['yandex', 'Yandex Cloud key', 'AQVN', '[\\w-]{34,38}'],
  ['deno', 'Deno Deploy token', 'ddp_ ddo_', '[A-Za-z0-9]{36}'],
  ['adafruit', 'Adafruit IO key', 'aio_', '[A-Za-z0-9]{28}'],
  ['zapier', 'Zapier webhook', 'hooks.zapier.com/hooks/catch/', '\\d{4,12}/[a-z0-9]{6,10}'],
  [
    'teams',
    'Microsoft Teams webhook',
    'webhook.office.com/webhookb2/',
    '[0-9a-f@-]{60,90}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}(/[\\w-]{20,60})?',
  ],
  ['okta', 'Okta token', 'SSWS ', '00[\\w-]{40}'],
  ['age', 'age secret key', 'AGE-SECRET-KEY-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}', 'critical'],
];

export const TOKEN_FORMS: readonly TokenForm[] = ROWS.flatMap(
  ([provider, title, prefixes, rest, severity, holds]) =>
    (prefixes === 'SSWS ' ? [prefixes] : prefixes.split(' ')).map((prefix) => ({
      kind: `token.${provider}`,
      title,
      severity: severity ?? 'high',
      prefix,
      rest: new RegExp(`^${rest}$`),
      ...(holds === undefined ? {} : { holds }),
    })),
);

/** The first part is the account's id in decimal digits. */
function namesSnowflake(word: string): boolean {
  return /^\d{17,20}$/.test(Buffer.from(word.split('.', 1)[0] ?? '', 'base64url').toString('latin1'));
}
