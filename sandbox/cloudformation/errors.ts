/** A template, or the folder it came from, is not what it should be. The message names the place and what is wrong. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** A resource could not be created or removed. The message names stack, logical id and type, and gives AWS's reason. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
}
