using LoopGen.Tool;

return await LoopGenCommand.RunAsync(args, Console.Out, Console.Error);
