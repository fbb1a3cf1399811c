// <pass-key>: a form that a passkey fills in. Its options stand in the page (data-options: the id of a JSON script) or
// come from data-url; data-create makes a passkey, otherwise one is asked for. Without it, the button stays hidden.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

function withBytes (options) {
  const ids = (list) => list?.map((item) => ({ ...item, id: toBytes(item.id) }))
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: ids(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: ids(options.allowCredentials) })
  }
}

function asJSON (credential) {
  const { response } = credential
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, toText(response[part])])),
      ...(response.getTransports && { transports: response.getTransports() })
    }
  })
}

class PassKey extends HTMLElement {
  connectedCallback () {
    if (!window.PublicKeyCredential) return
    this.form = this.querySelector('form')
    this.form.querySelector('[type="submit"]').hidden = false
    this.querySelector('.pass-key-without').hidden = true
    this.form.addEventListener('submit', (event) => this.fill(event))
  }

  async fill (event) {
    event.preventDefault()
    const failed = this.querySelector('.pass-key-failed')
    failed.hidden = true
    try {
      this.form.elements.credential.value = asJSON(await this.ask(await this.options()))
      this.form.submit()
    } catch {
      failed.hidden = false
    }
  }

  async options () {
    if (!this.dataset.url) return JSON.parse(document.getElementById(this.dataset.options).textContent)
    const answer = await fetch(this.dataset.url, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(answer.statusText)
    return answer.json()
  }

  ask (data) {
    if (!('create' in this.dataset)) {
      return navigator.credentials.get({ publicKey: withBytes(data.request_options.publicKey) })
    }
    const publicKey = withBytes(data.creation_options.publicKey)
    const alone = this.form.elements.passwordless
    if (alone) {
      Object.assign(publicKey.authenticatorSelection, {
        residentKey: alone.checked ? 'required' : 'discouraged',
        requireResidentKey: alone.checked,
        ...(alone.checked && { userVerification: 'required' })
      })
    }
    return navigator.credentials.create({ publicKey })
  }
}

customElements.define('pass-key', PassKey)
