import * as z from 'zod';
import { findingEventDetailType, findingEventSchema } from '../../core/finding-event';
import { findingEventFields } from '../../core/finding-event-fields';
import { markdownTable } from './blocks';

const fields: Readonly<Record<string, string>> = findingEventFields;

/** The keys of the event, which of them are always there, and what they mean, for docs/integrations.md. */
export function findingEventTable(): string {
  const { required = [] } = schemaOf();
  return markdownTable(
    ['key of `detail`', '', 'meaning'],
    Object.keys(findingEventSchema.shape).map((key) => [
      `\`${key}\``,
      required.includes(key) ? 'always' : '',
      fields[key] ?? '',
    ]),
  );
}

/** The event's JSON Schema, as text, for docs/finding-event.schema.json. */
export function findingEventJsonSchema(): string {
  const schema = schemaOf();
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'object') property.description = fields[key] ?? '';
  }
  const title = `detail of the event ${findingEventDetailType}`;
  return `${JSON.stringify({ title, ...schema }, undefined, 2)}\n`;
}

function schemaOf() {
  // As a reader has it: keys that it does not know are passed over.
  return z.toJSONSchema(findingEventSchema, { target: 'draft-7', io: 'input' });
}
