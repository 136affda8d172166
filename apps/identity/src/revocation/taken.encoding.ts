/** Whether an `Accept-Encoding` value allows gzip: of its own weight, else of that of `*` (RFC 9110 §12.5.3). */
export function takesGzip(acceptEncoding = ''): boolean {
  const weights = new Map(acceptEncoding.toLowerCase().split(',').map(weightOf));
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** RFC 9110 §12.4.2: what has no weight has 1. */
function weightOf(text: string): [coding: string, weight: number] {
  const [coding = '', parameter = ''] = text.split(';').map((part) => part.trim());
  return [coding, parameter.startsWith('q=') ? Number(parameter.slice('q='.length)) || 0 : 1];
}
