import type { Check } from '../../check.ts';
import { evictionTouch } from './eviction-touch.ts';
import { failingPersistence } from './failing-persistence.ts';
import { riskySettings } from './risky-settings.ts';

export const MISCONFIGURED_CHECKS: readonly Check[] = [riskySettings, failingPersistence, evictionTouch];
