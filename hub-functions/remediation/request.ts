import * as z from 'zod/mini';
import type { CustomControl } from '../../controls/control';
import { controlById } from '../../controls/registry';
import { accountIdPattern, regionPattern } from '../../core/finding';
import type { Json, JsonObject } from '../../core/json';
import { changeSchema, planSchema } from '../../core/plan-schema';
import type { RemediationRequest } from '../../core/remediation';
import { type FixableResourceType, isResourceId } from '../../resources/resource-types';

/** Thrown when a request cannot be understood. It is a bug of the caller; nothing was read or changed. */
export class RemediationRequestError extends Error {
  override readonly name = 'RemediationRequestError';
}

const nonEmpty = z.string().check(z.minLength(1));
const counter = z.int().check(z.positive());

// What came as JSON is JSON.
const json = z.custom<Json>((value) => value !== undefined);
const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const base = {
  version: z.literal(2),
  finding: z.object({
    accountId: z.string().check(z.regex(accountIdPattern)),
    region: z.string().check(z.regex(regionPattern)),
    control: nonEmpty,
    resourceType: nonEmpty,
    resourceId: nonEmpty,
  }),
  occurrence: counter,
  attempt: counter,
  parameters: jsonObject,
  credentials: z.object({ accessKeyId: nonEmpty, secretAccessKey: nonEmpty, sessionToken: nonEmpty }),
};

const requestSchema = z.discriminatedUnion('mode', [
  z.object({ ...base, mode: z.literal('plan'), tellLastChange: z.exactOptional(z.literal(true)) }),
  z.object({
    ...base,
    mode: z.literal('apply'),
    place: z.array(nonEmpty),
    writeBefore: z.exactOptional(z.iso.datetime()),
    applyLossy: z.boolean(),
    fix: z.exactOptional(z.object({ plan: planSchema, state: nonEmpty, before: z.exactOptional(json) })),
    unfinished: z.array(
      z.object({
        before: json,
        changes: z.array(changeSchema),
      }),
    ),
  }),
  z.object({ ...base, mode: z.literal('undo'), history: nonEmpty }),
]) satisfies z.ZodMiniType<RemediationRequest>;

/** A request that can be worked on. */
export interface CheckedRequest {
  request: RemediationRequest;
  control: CustomControl;
  /** As the control's own schema gave them, defaults filled in. */
  parameters: unknown;
}

/**
 * Checks what the coordinator sent. No error quotes a value: the request holds credentials.
 * @param payload the function's event
 * @param resourceType what this function can fix
 * @throws RemediationRequestError for a malformed request, an unknown control, or one of another resource type
 */
export function checkRequest(payload: unknown, resourceType: FixableResourceType): CheckedRequest {
  const parsed = requestSchema.safeParse(payload);
  if (!parsed.success) throw malformed('The request', parsed.error.issues);
  const request = parsed.data;
  const control = controlById(request.finding.control);
  if (control?.kind !== 'custom') {
    throw new RemediationRequestError(
      `No control that can fix anything is called ${request.finding.control}.`,
    );
  }
  if (control.resourceType !== resourceType || request.finding.resourceType !== resourceType) {
    throw new RemediationRequestError(
      `This function fixes ${resourceType}, not ${request.finding.resourceType} for ${control.id}.`,
    );
  }
  if (!isResourceId(resourceType, request.finding.resourceId, request.finding)) {
    throw new RemediationRequestError(`${request.finding.resourceId} is not an id of ${resourceType}.`);
  }
  const parameters = control.parameters.safeParse(request.parameters);
  if (!parameters.success) throw malformed(`The parameters of ${control.id}`, parameters.error.issues);
  return { request, control, parameters: parameters.data };
}

function malformed(what: string, issues: readonly z.core.$ZodIssue[]): RemediationRequestError {
  const where = issues.map(({ path }) => path.join('.') || 'the top').join(', ');
  return new RemediationRequestError(`${what} cannot be understood; look at ${where}.`);
}
