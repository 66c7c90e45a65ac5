type Write = (message: string, details: Record<string, unknown>) => void;

/** Where the coordinator writes what it does; never credentials. */
export interface Log {
  info: Write;
  warn: Write;
  error: Write;
}
