local _M = {}

function _M.total(prices)
    local sum = 0
    for _, price in ipairs(prices) do
        sum = sum + price
    end
    return sum
end

return _M
