import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreDeclaration: true,
});

/** Parses XML into objects and strings; a repeated element becomes a list, a single one does not. Undefined for no XML. */
export function parseXml(text: Buffer | string): Record<string, unknown> | undefined {
  const source = text.toString().trim();
  if (!source.startsWith('<')) return undefined;
  try {
    const value: unknown = parser.parse(source);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Finds an element by its path of names; undefined where there is none. */
export function xmlAt(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** The text of an element by its path, or undefined. */
export function xmlText(value: unknown, ...path: string[]): string | undefined {
  const found = xmlAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Text made safe for an XML element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
