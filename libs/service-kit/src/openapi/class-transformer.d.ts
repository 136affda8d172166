/** Where class-transformer keeps what its decorators said. It has types, but not at the path that Node loads. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
