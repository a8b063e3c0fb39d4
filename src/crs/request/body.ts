import type { ByteString } from '../../model/bytes.ts';
import type { Argument } from './arguments.ts';
import { parseArguments } from './arguments.ts';
import { parseJsonBody } from './json.ts';
import type { MultipartBody } from './multipart.ts';
import { parseMultipart } from './multipart.ts';
import { MOST_ARGUMENTS } from './request.ts';
import type { XmlBody } from './xml.ts';
import { parseXmlBody } from './xml.ts';

/** How a body is read; empty when it is not. */
export type BodyProcessor = '' | 'URLENCODED' | 'MULTIPART' | 'JSON' | 'XML';

export interface BodyParts {
  readonly fields: readonly Argument[];
  readonly multipart: MultipartBody | undefined;
  readonly xml: XmlBody | undefined;
  readonly failed: boolean;
}

/**
 * The processor that a content type asks for. Forms are libmodsecurity's own; JSON and XML are switched on by the rules
 * 200000 and 200001 of the recommended configuration, which is not a part of CRS and is taken for granted here.
 */
export function processorFor(contentType: ByteString): BodyProcessor {
  const type = contentType.toLowerCase();
  if (type.startsWith('multipart/form-data')) return 'MULTIPART';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'URLENCODED';
  if (type.startsWith('application/json')) return 'JSON';
  return /^(?:application\/soap\+|application\/|text\/)xml/.test(type) ? 'XML' : '';
}

export function readBody(processor: BodyProcessor, contentType: ByteString, body: ByteString): BodyParts {
  switch (processor) {
    case 'URLENCODED':
      return { ...NOTHING, fields: parseArguments(body, MOST_ARGUMENTS) };
    case 'JSON': {
      const { arguments: fields, error } = parseJsonBody(body, MOST_ARGUMENTS);
      return { ...NOTHING, fields, failed: error !== undefined && body !== '' };
    }
    case 'XML': {
      const xml = parseXmlBody(body);
      return { ...NOTHING, xml, failed: xml === undefined };
    }
    case 'MULTIPART': {
      const multipart = parseMultipart(contentType, body, MOST_ARGUMENTS);
      return { ...NOTHING, fields: multipart.fields, multipart, failed: multipart.error !== undefined };
    }
    case '':
      return NOTHING;
  }
}

const NOTHING: BodyParts = { fields: [], multipart: undefined, xml: undefined, failed: false };
