import type { Workspace } from './workspace';

interface Upload {
  fileId: string;
  name: string;
  length: number;
  content?: Buffer;
}

/** Files on their way: a URL is asked for, the content goes there, and the upload is completed. */
export class Uploads {
  private readonly byPath = new Map<string, Upload>();

  constructor(private readonly workspace: Workspace) {}

  /** @returns the file's id, and the path to which its content goes */
  begin(name: string, length: number): { fileId: string; path: string } {
    const fileId = this.workspace.newId('F');
    const path = `/upload/v1/${fileId}`;
    this.byPath.set(path, { fileId, name, length });
    return { fileId, path };
  }

  /** Takes a file's content; false where nothing was asked for, or it has another length. */
  receive(path: string, content: Buffer): boolean {
    const upload = this.byPath.get(path);
    if (upload === undefined || upload.length !== content.length) return false;
    upload.content = content;
    return true;
  }

  /** A file whose content is here; undefined where it is not. Each is completed once. */
  complete(fileId: unknown): { name: string; content: Buffer } | undefined {
    for (const [path, { fileId: id, name, content }] of this.byPath) {
      if (id !== fileId || content === undefined) continue;
      this.byPath.delete(path);
      return { name, content };
    }
    return undefined;
  }
}
