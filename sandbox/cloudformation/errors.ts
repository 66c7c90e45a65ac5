/** A template, or the folder it came from, is not what it should be. The message names the place and what is wrong. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A resource that could not be created, updated or removed. */
export interface FailedResource {
  logicalId: string;
  type: string;
  /** AWS's reason. */
  reason: string;
}

/** A resource could not be created or removed. The message names stack, logical id and type, and gives AWS's reason. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';

  constructor(
    message: string,
    options: ErrorOptions = {},
    /** Absent where the error is about no resource of a template. */
    readonly failed?: FailedResource,
  ) {
    super(message, options);
  }
}

/** The reason that a stack set gives for an instance whose stack failed, in AWS's form. */
export function instanceReason(error: unknown): string {
  const failed = error instanceof ResourceError ? error.failed : undefined;
  if (failed === undefined) return error instanceof Error ? error.message : String(error);
  return `ResourceLogicalId:${failed.logicalId}, ResourceType:${failed.type}, ResourceStatusReason:${failed.reason.replace(/\.$/, '')}.`;
}
