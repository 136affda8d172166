/** How much a {@link GenerationCache} may hold in each of its two generations. */
export interface CacheBounds {
  entries: number;
  bytes: number;
}

/**
 * A bounded map with a cheap memory of what is used: two generations. What is read is carried over into the young
 * one; when that is full, the old one goes, with all that was not read since.
 */
export class GenerationCache<V extends { readonly bytes: number }> {
  private young = new Map<string, V>();
  private old = new Map<string, V>();
  private bytes = 0;

  constructor(private readonly bounds: CacheBounds) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  get(key: string): V | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: V): void {
    if (!this.young.has(key)) {
      if (this.young.size >= this.bounds.entries || this.bytes + value.bytes > this.bounds.bytes) this.turn();
      this.bytes += value.bytes;
    }
    this.old.delete(key);
    this.young.set(key, value);
  }

  delete(key: string): void {
    const value = this.young.get(key);
    if (value) this.bytes -= value.bytes;
    this.young.delete(key);
    this.old.delete(key);
  }

  private turn(): void {
    this.old = this.young;
    this.young = new Map();
    this.bytes = 0;
  }
}
