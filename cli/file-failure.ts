const notThere = 'it does not exist. A relative path begins in the folder in which you called the command';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: notThere,
  ENOTDIR: notThere,
  EISDIR: 'it is a folder. Name a file in it',
  EACCES: 'you have no permission. ls -l says whose it is',
  EROFS: 'its file system is read-only',
};

/** Why a file cannot be read or written, for people. */
export function fileFailure(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
