/**
 * An error that AWS answers to a request. Its name is AWS's code, as the SDK names the errors of its clients; `$metadata` marks those as
 * well.
 */
export class DoorError extends Error {
  override readonly name: string;
  readonly $metadata: { httpStatusCode: number };

  /** @param status of HTTP */
  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.$metadata = { httpStatusCode: status };
  }
}
