import * as z from 'zod/mini';
import type { JsonObject } from '../../core/json';
import { stricterLines } from '../../resources/kit/internet';
import { parametersShape, type WideOpenParameters } from './parameters';

/** Parameters that a policy was deployed with, maybe by another version: what it does not know has its default. */
const deployedSchema = z.object(parametersShape);

/** What becomes dangerous by other parameters; everything where those of before cannot be understood. */
export function newlyTooWide(before: JsonObject, next: WideOpenParameters): string[] {
  const read = deployedSchema.safeParse(before);
  const isFewer = !read.success || next.mostPorts < read.data.mostPorts;
  return [
    ...(isFewer ? [`more than ${next.mostPorts} ports of a protocol`] : []),
    ...(read.success ? stricterLines(read.data, next) : []),
  ];
}
