import * as z from 'zod';
import { ApiError } from '../../gateway/protocols/errors';
import { page } from '../../page';

/** A list of the query protocol; an empty one comes as empty text. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.preprocess((value) => (value === '' ? [] : value), z.array(item)).default([]);
/** Names and ids. */
export const texts = listOf(z.string());
/** A boolean of the query protocol. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
/** A whole number of the query protocol. */
export const count = z.string().regex(/^\d+$/).transform(Number);

/** The parameters of operations that list something. */
export const paging = {
  MaxResults: count.default(100),
  NextToken: z.string().optional(),
};

/** @throws ApiError `ValidationError` where parameters are not what the operation takes */
export function parametersOf<S extends z.ZodType>(
  schema: S,
  parameters: Readonly<Record<string, unknown>>,
): z.output<S> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  throw invalid(z.prettifyError(parsed.error));
}

/** The error with which CloudFormation refuses most of what it refuses. */
export function invalid(message: string): ApiError {
  return new ApiError('ValidationError', message);
}

/** One page of a list. */
export function pageOf<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { MaxResults: number; NextToken?: string | undefined },
): { items: T[]; NextToken: string | undefined } {
  const { items, next } = page(all, MaxResults, NextToken, () => invalid('The NextToken is not valid.'));
  return { items, NextToken: next };
}
