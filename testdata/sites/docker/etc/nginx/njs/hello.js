function greet(r) {
    r.return(200, 'hello\n');
}

export default { greet };
