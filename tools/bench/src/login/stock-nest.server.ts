import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post, UnauthorizedException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { compare, hash } from 'bcrypt';

const person = JSON.parse(process.argv[2]!) as { email: string; password: string };
const users = [{ userId: 1, username: person.email, password: await hash(person.password, 10) }];

/** Nest's tutorial on authentication, with the bcrypt that its page on hashing recommends; users in memory. */
@Controller()
class AuthController {
  constructor(private readonly jwt: JwtService) {}

  @Get('health')
  health(): object {
    return { status: 'ok' };
  }

  @Post('auth/login')
  @HttpCode(200)
  async signIn(@Body() { email, password }: { email: string; password: string }): Promise<object> {
    const user = users.find(({ username }) => username === email);
    if (!user || !(await compare(password, user.password))) throw new UnauthorizedException();
    const payload = { sub: user.userId, username: user.username };
    return { access_token: await this.jwt.signAsync(payload) };
  }
}

@Module({
  imports: [JwtModule.register({ secret: 'a secret of the tutorial', signOptions: { expiresIn: '60s' } })],
  controllers: [AuthController],
})
class StockModule {}

// Started by the bench: tells its address.
const app = await NestFactory.create<NestFastifyApplication>(StockModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl() });
