local cart = require "cart"

ngx.say(cart.total({ 1, 2, 3 }))
