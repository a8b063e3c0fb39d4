// Makes dist/rules.json, the shipped rules, patterns and campaigns parsed once.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import { shippedTexts } from '../src/cli/knowledge.ts';
import type { ParsedRules } from '../src/cli/parsed-rules.ts';
import { digestOf, PARSED_RULES } from '../src/cli/parsed-rules.ts';

const files = shippedTexts();
const made: ParsedRules = {
  sha256: digestOf(files),
  documents: files.map(({ text }) => parse(text) as unknown),
};
mkdirSync(dirname(PARSED_RULES), { recursive: true });
writeFileSync(PARSED_RULES, JSON.stringify(made));
