import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { newId } from '../database/identifier.js';
import { insertUnlessTaken } from '../database/insertion.js';
import { ScheduledTask } from './scheduled-task.entity.js';

/** How long a turn lasts at most without being kept, in milliseconds. */
const TURN = 60_000;

/** Lets one replica at a time do a task. Of several that want to, a row of the database decides. */
@Injectable()
export class Turns {
  private readonly holder = newId('rep');

  constructor(private readonly database: Database) {}

  /** Makes it known that there is such a task. */
  async announce(name: string): Promise<void> {
    const row: ScheduledTask = { name, holder: this.holder, freeAt: new Date() };
    await this.database.transaction((manager) => insertUnlessTaken(manager, ScheduledTask, row));
  }

  /** @returns whether it is this replica's turn now */
  take(name: string): Promise<boolean> {
    return this.move({ name, freeAt: LessThanOrEqual(new Date()) }, TURN);
  }

  /** @returns whether it still is: it may have taken so long that another one has begun */
  keep(name: string): Promise<boolean> {
    return this.move({ name, holder: this.holder }, TURN);
  }

  /** @param rest for how long nobody is to begin again, in milliseconds */
  async leave(name: string, rest: number): Promise<void> {
    await this.move({ name, holder: this.holder }, rest);
  }

  private async move(which: FindOptionsWhere<ScheduledTask>, time: number): Promise<boolean> {
    const row = { holder: this.holder, freeAt: new Date(Date.now() + time) };
    return this.database.transaction(async (manager) => {
      const { affected } = await manager.update(ScheduledTask, which, row);
      return affected === 1;
    });
  }
}
