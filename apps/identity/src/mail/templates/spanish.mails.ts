import type { MailTemplates } from './mail.template.js';

export const SPANISH_MAILS: MailTemplates = {
  confirmation: {
    subject: 'Confirme su dirección de correo',
    text: `Le damos la bienvenida a Gatehouse.

Confirme su dirección con este enlace:

{link}

Funciona una sola vez, durante 24 horas. Si usted no se ha registrado, ignore este mensaje.`,
  },
  address_taken: {
    subject: 'Ya tiene una cuenta',
    text: `Alguien, probablemente usted, quiso usar esta dirección para una cuenta de Gatehouse. Ya tiene una, así que no se ha cambiado nada.

Inicie sesión con su contraseña. Si la ha olvidado, establezca una nueva aquí:

{link}

El enlace funciona una sola vez, durante 10 minutos. Si no fue usted, no tiene que hacer nada.`,
  },
  password_reset: {
    subject: 'Establezca una nueva contraseña',
    text: `Se ha solicitado una nueva contraseña para su cuenta de Gatehouse. Establézcala aquí:

{link}

El enlace funciona una sola vez, durante 10 minutos. Si no la ha solicitado, ignore este mensaje: su contraseña no cambia.`,
  },
  invitation: {
    subject: 'Su cuenta está lista',
    text: `Se ha creado una cuenta de Gatehouse para usted. Establezca aquí su contraseña:

{link}

El enlace funciona una sola vez, durante 10 minutos. Más tarde, solicite uno nuevo donde inicia sesión: «contraseña olvidada».`,
  },
  email_change: {
    subject: 'Confirme su nueva dirección de correo',
    text: `Su cuenta de Gatehouse va a usar esta dirección. Confírmela con este enlace:

{link}

Funciona una sola vez, durante 24 horas. Si no lo ha solicitado, ignore este mensaje.`,
  },
  password_changed: {
    subject: 'Su contraseña ha cambiado',
    text: `La contraseña de su cuenta de Gatehouse acaba de cambiar y se ha cerrado la sesión en sus otros dispositivos.

Si no fue usted, establezca de inmediato una nueva contraseña y avísenos.`,
  },
  email_change_requested: {
    subject: 'Su dirección de correo va a cambiar',
    text: `Su cuenta de Gatehouse va a usar otra dirección. Cuando esté confirmada, los mensajes ya no llegarán aquí.

Si no fue usted, cambie de inmediato su contraseña y avísenos.`,
  },
  email_changed: {
    subject: 'Su dirección de correo ha cambiado',
    text: `La dirección de su cuenta de Gatehouse ha cambiado. A partir de ahora, inicie sesión con la nueva.

Si no fue usted, avísenos de inmediato.`,
  },
  refresh_token_theft: {
    subject: 'Se ha cerrado su sesión en un dispositivo',
    text: `Una sesión de su cuenta de Gatehouse se ha usado en dos sitios, lo que puede significar que alguien la ha copiado. Por seguridad, la hemos cerrado en todas partes.

Vuelva a iniciar sesión. Si ve sesiones que no conoce, ciérrelas y cambie su contraseña.`,
  },
};
