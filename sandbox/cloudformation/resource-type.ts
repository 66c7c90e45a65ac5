import * as z from 'zod';
import type { Json } from '../../core/json';
import type { Place } from '../events';
import { UnsupportedError } from '../failures';
import type { Credentials, Gateway } from '../gateway/api';
import type { ConfigService } from '../services/config/definitions';
import type { EventsService } from '../services/events/definitions';
import type { LambdaService } from '../services/lambda/definitions';
import type { ClientClass, ClientOf } from './clients';
import { TemplateError } from './errors';
import type { FindAsset, StackSetRequest } from './stack-sets/definition';

/** The parts of the sandbox that templates set up beside moto. */
export interface Services {
  lambda: LambdaService;
  events: EventsService;
  config: ConfigService;
}

/** What a handler may use. */
export interface ResourceContext {
  /** Account and Region of the stack. */
  place: Place;
  stackName: string;
  logicalId: string;
  gateway: Gateway;
  services: Services;
  /** The properties that it has, where it is updated; absent where it is created. */
  previous?: Json;
  /** As whom the stack is deployed: an administrator of the account. */
  credentials: Credentials;
  /** An SDK client of that administrator in the stack's Region. */
  client<Client>(clientClass: ClientClass<Client>): Client;
  /** An SDK client for another place. */
  clientOf: ClientOf;
  /** A name as CloudFormation makes one where the template gives none: the same in every run. */
  generatedName(maximumLength?: number): string;
  asset: FindAsset;
  /** Creates a stack set and its stacks, or updates them; settles when they are all there. */
  createStackSet(request: StackSetRequest): Promise<CreatedStackSet>;
}

/** A stack set that exists. */
export interface CreatedStackSet {
  stackSetId: string;
  /** Deletes its stacks, and then the stack set. */
  remove(): Promise<void>;
}

/** A resource that exists. */
export interface CreatedResource {
  /** What `Ref` returns. */
  ref: string;
  /** What `Fn::GetAtt` returns, by attribute. */
  attributes: Record<string, Json>;
  /** Removes it again; absent where the sandbox cannot. */
  remove?: () => Promise<void>;
}

/** Creates the resources of one type. */
export interface ResourceHandler {
  /**
   * @param properties The resource's properties, with every intrinsic function worked out.
   * @throws UnsupportedError for a property that the handler does not know.
   */
  create(properties: Json, context: ResourceContext): Promise<CreatedResource>;
  /**
   * Whether a property may differ in an update, which creates the resource again over what is there. Default: none may, since that
   * would replace the resource, or is not followed up.
   */
  mayDiffer?(property: string): boolean;
  /**
   * The permission that creating one takes, for a type whose handler calls no API, where the gateway would ask for it. Only a
   * service control policy can deny it: who deploys is an administrator.
   */
  action?: string;
}

/**
 * Makes a handler.
 *
 * @param properties Every property that the handler honours, and those it leaves alone, each as `ignored` with the
 *   reason. Objects are strict, so that no setting of a template is dropped in silence.
 */
export function defineHandler<S extends z.ZodType>(
  properties: S,
  create: (properties: z.output<S>, context: ResourceContext) => Promise<CreatedResource>,
  more: Pick<ResourceHandler, 'mayDiffer' | 'action'> = {},
): ResourceHandler {
  return {
    ...more,
    create: (given, context) => {
      const parsed = properties.safeParse(given);
      if (parsed.success) return create(parsed.data, context);
      const text = z.prettifyError(parsed.error);
      if (isUnsupported(parsed.error.issues)) {
        throw new UnsupportedError(`The sandbox does not support these properties:\n${text}`);
      }
      throw new TemplateError(`The properties are not valid:\n${text}`);
    },
  };
}

/** A property set that a handler leaves alone. `reason` says why that changes nothing that matters here. */
export const ignored = (reason: string) => z.unknown().optional().describe(reason);

/** Text that may stand in a template as a number. */
export const text = z.union([z.string(), z.number().transform(String)]);
/** A whole number; CloudFormation also takes it as text. */
export const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);
/** A boolean; CloudFormation also takes it as text. */
export const truth = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
/** A policy document, given as an object or as its text; comes out as text. */
export const policyText = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document)),
]);
/** Tags change nothing: no policy of the sandbox's organization looks at them. */
export const ignoredTags = ignored('No condition on tags is evaluated in the sandbox.');

function isUnsupported(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(
    (issue) =>
      issue.code === 'unrecognized_keys' ||
      issue.code === 'invalid_value' ||
      (issue.code === 'invalid_union' && issue.errors.some((inner) => isUnsupported(inner))),
  );
}
