import * as z from 'zod';
import type { Template } from '../../../infra/assembly';
import { TemplateError } from '../../cloudformation/errors';
import { parseTemplate } from '../../cloudformation/template';
import type { Place } from '../../events';
import { UnsupportedError } from '../../failures';
import type { BucketObjects } from './bucket-objects';
import { invalid } from './parameters';

/** The parameters by which a call gives a template. */
export const templateSource = {
  TemplateBody: z.string().optional(),
  TemplateURL: z.string().optional(),
};

/**
 * The text of the template that a call gives.
 * @throws ApiError `ValidationError` where it gives none
 */
export async function templateBody(
  { TemplateBody, TemplateURL }: { TemplateBody?: string | undefined; TemplateURL?: string | undefined },
  place: Place,
  objects: BucketObjects,
): Promise<string> {
  if (TemplateBody !== undefined) return TemplateBody;
  if (TemplateURL !== undefined) return objects.textAt(place, TemplateURL);
  throw invalid('Either Template URL or Template Body must be specified.');
}

/** @throws ApiError `ValidationError` for what is no JSON */
export function templateIn(body: string): Template {
  try {
    return JSON.parse(body) as Template;
  } catch {
    throw invalid('Template format error: JSON not well-formed. The sandbox does not read YAML.');
  }
}

/** @throws ApiError `ValidationError` for a template that makes no sense, or that the sandbox does not support */
export function parsedTemplate(template: Template, name: string): ReturnType<typeof parseTemplate> {
  try {
    return parseTemplate(template, name);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof UnsupportedError) throw invalid(error.message);
    throw error;
  }
}
