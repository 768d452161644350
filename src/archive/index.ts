export { openArchive } from './archive.ts';
export { writeFileAtomic } from './disk.ts';
export type {
  Archive,
  Budgets,
  Fault,
  FinishInput,
  KeepInput,
  Kept,
  LeftOut,
  OpenOptions,
  PageSource,
  PictureBytes,
  Records,
  RunInProgress,
  Settlement,
  StoredPage,
  StoredPicture,
} from './door.ts';
export { ArchiveError, type ArchiveErrorCode } from './errors.ts';
export { exportEpub } from './export/epub.ts';
export { type ExportCounts, type ExportOptions, exportWacz } from './export/wacz.ts';
export { extendHistory } from './history.ts';
export { closeShard, openShard, type Shard } from './join.ts';
export { sniffFile } from './sniff.ts';
export { withoutSecrets } from './warc/secrets.ts';
