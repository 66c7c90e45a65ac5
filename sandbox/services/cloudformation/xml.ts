import { randomUUID } from 'node:crypto';
import type { ApiAnswer } from '../../gateway/api';
import { escapeXml } from '../../gateway/protocols/xml';

/** What an answer of the query protocol may hold; what is undefined is left out. */
export type XmlValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/**
 * Writes an answer of the query protocol. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * @param result its elements; a list becomes `member` elements
 */
export function queryAnswer(operation: string, result: { readonly [name: string]: XmlValue }): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">` +
      `<${operation}Result>${contentOf(result)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

function element(name: string, value: XmlValue): string {
  return value === undefined ? '' : `<${name}>${contentOf(value)}</${name}>`;
}

function contentOf(value: XmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return value.map((item) => element('member', item)).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, item]) => element(name, item))
      .join('');
  }
  return escapeXml(String(value));
}

function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}
