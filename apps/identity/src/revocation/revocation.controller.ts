import { CurrentPrincipal, type Principal, RequireScope } from '@gatehouse/access';
import { RevocationSnapshotDto, RevocationSnapshotQuery } from '@gatehouse/contracts';
import { Controller, Get, Header, Headers, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FeedStreams } from './feed.streams.js';
import { RevocationSnapshots } from './revocation.snapshots.js';
import { takesGzip } from './taken.encoding.js';

/** The revocation feed, for the guards of all services. */
@ApiTags('revocations')
@ApiBearerAuth()
@RequireScope('revocations:read')
@Controller('revocations')
export class RevocationController {
  constructor(
    private readonly streams: FeedStreams,
    private readonly snapshots: RevocationSnapshots,
  ) {}

  /** The feed, from `Last-Event-ID` on, or else `after` (WHATWG HTML §9.2). */
  @Get()
  @ApiProduces('text/event-stream')
  @Header('Cache-Control', 'no-store')
  @Header('X-Accel-Buffering', 'no') // a proxy that collects the answer first would never pass it on
  async follow(
    @CurrentPrincipal() receiver: Principal,
    @Query('after') after: unknown,
    @Headers('last-event-id') lastEventId: string | undefined,
  ): Promise<StreamableFile> {
    const stream = await this.streams.open(receiver, positionOf(lastEventId ?? after));
    return new StreamableFile(stream, { type: 'text/event-stream' });
  }

  /** All live revocations, page by page, and where to go on. */
  @Get('snapshot')
  @Header('Cache-Control', 'no-store')
  @Header('Vary', 'Accept-Encoding')
  @Header('Content-Type', 'application/json')
  @ApiOkResponse({ type: RevocationSnapshotDto })
  async snapshot(
    @Query() { after }: RevocationSnapshotQuery,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    if (!takesGzip(encodings)) return this.snapshots.page(after);
    void reply.header('Content-Encoding', 'gzip');
    return this.snapshots.gzippedPage(after);
  }
}

/** Undefined when it is no position; from the start when there is none. */
function positionOf(text: unknown): number | undefined {
  if (text === undefined || text === '') return 0;
  return typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}
